// An editor of rules: CodeMirror with the colours of DRL, YAML and plain text.
import { basicSetup } from 'codemirror';
import { EditorState, Compartment } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { indentWithTab } from '@codemirror/commands';
import { StreamLanguage, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { clike } from '@codemirror/legacy-modes/mode/clike';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { autocompletion, completeAnyWord } from '@codemirror/autocomplete';
import { tags } from '@lezer/highlight';

const words = (text) => Object.fromEntries(text.split(' ').map((word) => [word, true]));
const drl = StreamLanguage.define(clike({
  name: 'drl',
  keywords: words('package import rule when then end not exists forall from accumulate eval or and in matches contains memberOf insert if else new return agenda-group salience query extends global function unit'),
  types: words('Vm Usage Requirement Need Veto Benefit Choice Target Projection Candidate Demand Limit Sla SoftwareModule EvaluationTime Redundancy LifeCycle Dismissal Resource Attribute Action Instantiation'),
  atoms: words('true false null'),
  multiLineStrings: false,
  hooks: { '@': (stream) => { stream.eatWhile(/[\w$_]/); return 'meta'; }, '$': (stream) => { stream.eatWhile(/[\w$_]/); return 'variable-2'; } },
}));
const language = (path) => (path.endsWith('.drl') || path.endsWith('.dslr') ? drl : path.endsWith('.yaml') ? StreamLanguage.define(yaml) : []);

const style = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.number, tags.atom, tags.bool], color: 'var(--warn)' },
  { tag: [tags.meta, tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.typeName, tags.standard(tags.variableName)], color: 'var(--warn)' },
]);
const look = EditorView.theme({
  '&': { backgroundColor: 'var(--card)', color: 'var(--text)', height: '62vh', fontSize: '13px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--quiet)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent-ground) 45%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-ground) !important' },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--card)', color: 'var(--text)', border: '1px solid var(--line)' },
});

const nonce = document.querySelector('meta[name="csp-nonce"]')?.nonce || '';
const writing = new Compartment();

/** Makes an editor; `changed` is told the text a moment after it was typed. */
export function edit(parent, changed) {
  let timer;
  let quiet = false;
  const view = new EditorView({ parent, state: EditorState.create({ doc: '', extensions: [EditorView.cspNonce.of(nonce)] }) });
  view.scrollDOM.tabIndex = 0;
  const state = (text, path, readOnly) => EditorState.create({
    doc: text,
    extensions: [
      EditorView.cspNonce.of(nonce),
      basicSetup, keymap.of([indentWithTab]), language(path), syntaxHighlighting(style), look, lintGutter(),
      autocompletion({ override: [completeAnyWord] }),
      EditorView.contentAttributes.of({ 'aria-label': `Text of ${path}` }),
      writing.of([EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)]),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged || quiet) return;
        clearTimeout(timer);
        timer = setTimeout(() => changed(update.state.doc.toString()), 900);
      }),
    ],
  });
  return {
    open(text, path, readOnly) {
      quiet = true;
      view.setState(state(text, path, readOnly));
      quiet = false;
    },
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    /** Marks what a check found, by line and column from 1. */
    mark(found) {
      const lines = view.state.doc.lines;
      const at = (one) => {
        const line = view.state.doc.line(Math.max(1, Math.min(lines, one.line || 1)));
        const from = Math.min(line.to, line.from + Math.max(0, (one.column || 1) - 1));
        const word = /^[\w$.-]+/.exec(line.text.slice(from - line.from));
        return { from, to: Math.max(from, Math.min(line.to, from + (word ? word[0].length : line.to - from))) };
      };
      view.dispatch(setDiagnostics(view.state, found.map((one) => ({
        ...at(one), severity: one.severity === 'error' ? 'error' : one.severity === 'warning' ? 'warning' : 'info',
        message: one.maybe ? `${one.message}. ${one.maybe}` : one.message, source: one.code,
      }))));
    },
    line(number) {
      const line = view.state.doc.line(Math.max(1, Math.min(view.state.doc.lines, number)));
      view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
      view.focus();
    },
  };
}
