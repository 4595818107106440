// The trace as a graph: facts and the rules that fired, from what was measured to what was chosen.
import cytoscape from 'cytoscape';
import { api, element } from 'regrade/api';

const css = (name) => {
  const probe = element('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
};

const SHORT = {
  Usage: (fact) => `${fact.resource} use`,
  Requirement: (fact) => fact.requires,
  Need: (fact) => `need: ${fact.resource} ${fact.direction}`,
  Demand: (fact) => `demand: ${fact.resource}`,
  Benefit: (fact) => `${fact.kind} benefit`,
  Candidate: (fact) => `candidate ${fact.target}`,
  Projection: (fact) => `on ${fact.target}`,
  Veto: (fact) => `veto ${fact.target}`,
  Choice: (fact) => `choice: ${fact.action}`,
  Limit: (fact) => fact.name,
  Vm: (fact) => `machine ${fact.id}`,
  Target: (fact) => `target ${fact.id}`,
};
const cut = (text) => (text.length > 30 ? text.slice(0, 29) + '…' : text);
const label = (one) => cut((SHORT[one.kind] || (() => one.kind))(one.fact) || one.kind);

/** What leads to the choice: everything else would hide it. */
function leading(trace) {
  const made = new Map();
  trace.firings.forEach((firing, at) => firing.concluded.forEach((id) => made.set(id, (made.get(id) || []).concat(at))));
  const facts = new Map(trace.facts.map((one) => [one.id, one]));
  const keep = new Set();
  const rules = new Set();
  const open = trace.facts.filter((one) => one.kind === 'Choice').map((one) => one.id);
  if (!open.length) open.push(...trace.facts.map((one) => one.id));
  while (open.length) {
    const id = open.pop();
    if (keep.has(id)) continue;
    keep.add(id);
    open.push(...(facts.get(id)?.from || []));
    for (const at of made.get(id) || []) {
      rules.add(at);
      open.push(...trace.firings[at].matched);
    }
  }
  return { facts: trace.facts.filter((one) => keep.has(one.id)), rules, keep };
}

function elements(trace) {
  const { facts, rules, keep } = leading(trace);
  const nodes = facts.map((one) => ({ data: { id: one.id, label: label(one), kind: 'fact', fact: one } }));
  const edges = [];
  const edge = (source, target) => edges.push({ data: { id: `${source}-${target}`, source, target } });
  facts.forEach((one) => (one.from || []).filter((id) => keep.has(id)).forEach((id) => edge(id, one.id)));
  const merged = new Map();
  for (const at of rules) {
    const firing = trace.firings[at];
    const id = `r-${firing.phase}-${firing.rule}`;
    if (!merged.has(id)) {
      merged.set(id, { data: { id, label: cut(firing.rule), kind: 'rule', rule: firing.rule, phase: firing.phase, times: 0 } });
      nodes.push(merged.get(id));
    }
    merged.get(id).data.times += 1;
    firing.matched.filter((one) => keep.has(one)).forEach((one) => edge(one, id));
    firing.concluded.filter((one) => keep.has(one)).forEach((one) => edge(id, one));
  }
  const seen = new Set();
  return nodes.concat(edges.filter((one) => !seen.has(one.data.id) && seen.add(one.data.id)));
}

function places(all) {
  const graph = new window.dagre.graphlib.Graph().setGraph({ rankdir: 'LR', nodesep: 8, ranksep: 46 }).setDefaultEdgeLabel(() => ({}));
  const sizes = new Map();
  for (const one of all) {
    if (one.data.source) graph.setEdge(one.data.source, one.data.target);
    else {
      const width = 26 + one.data.label.length * 6.2;
      sizes.set(one.data.id, width);
      graph.setNode(one.data.id, { width, height: 24 });
    }
  }
  window.dagre.layout(graph);
  return (id) => ({ x: graph.node(id).x, y: graph.node(id).y, width: sizes.get(id) });
}

function style() {
  return [
    { selector: 'node', style: { shape: 'round-rectangle', height: 22, width: 'data(width)', label: 'data(label)', 'font-size': 11, 'font-family': 'system-ui, sans-serif', 'text-valign': 'center', color: css('--text'), 'background-color': css('--card'), 'border-width': 1, 'border-color': css('--line') } },
    { selector: 'node[kind = "rule"]', style: { 'background-color': css('--accent-ground'), 'border-color': css('--accent') } },
    { selector: 'node:selected', style: { 'border-width': 2.5, 'border-color': css('--accent') } },
    { selector: 'edge', style: { width: 1, 'line-color': css('--quiet'), 'target-arrow-color': css('--quiet'), 'target-arrow-shape': 'triangle', 'arrow-scale': 0.7, 'curve-style': 'bezier', opacity: 0.55 } },
  ];
}

/** Draws a decision's trace; tells of a chosen node in the other element. */
export async function draw(box, told, id) {
  const trace = await api(`/v1/decisions/${id}/trace`);
  const all = elements(trace);
  const place = places(all);
  all.filter((one) => !one.data.source).forEach((one) => { one.data.width = place(one.data.id).width; });
  const graph = cytoscape({
    container: box,
    elements: all,
    style: style(),
    layout: { name: 'preset', positions: (node) => { const { x, y } = place(node.id()); return { x, y }; }, fit: true, padding: 16 },
    minZoom: 0.15,
    maxZoom: 2.5,
    selectionType: 'single',
  });
  if (graph.zoom() < 0.6) {
    const last = graph.nodes().filter((node) => node.data('fact')?.kind === 'Choice');
    graph.zoom(0.75);
    graph.center(last.nonempty() ? last : graph.nodes());
    graph.panBy({ x: box.clientWidth * 0.38, y: 0 });
  }
  const choose = (node) => {
    graph.elements().unselect();
    node.select();
    tell(node.data(), told, id);
    graph.animate({ center: { eles: node }, duration: 120 });
  };
  graph.on('tap', 'node', (event) => choose(event.target));
  box.addEventListener('keydown', (event) => keys(event, graph, choose));
  addEventListener('regrade:theme', () => graph.style(style()));
  box.dataset.ready = String(graph.nodes().length);
}

function keys(event, graph, choose) {
  const at = graph.$('node:selected');
  const next = {
    ArrowRight: () => at.outgoers('node'),
    ArrowLeft: () => at.incomers('node'),
    ArrowDown: () => beside(graph, at, 1),
    ArrowUp: () => beside(graph, at, -1),
  }[event.key];
  if (event.key === 'Enter' && at.nonempty()) {
    document.querySelector('#node a')?.click();
  } else if (next) {
    event.preventDefault();
    const to = at.empty() ? graph.nodes() : next();
    if (to.nonempty()) choose(to.first());
  }
}

function beside(graph, at, way) {
  const { x, y } = at.position();
  return graph.nodes().filter((node) => Math.abs(node.position().x - x) < 5 && (node.position().y - y) * way > 0)
    .sort((a, b) => (a.position().y - b.position().y) * way);
}

function tell(node, told, id) {
  told.hidden = false;
  if (node.rule) {
    told.replaceChildren(element('strong', {}, node.rule), ` fired ${node.times === 1 ? 'once' : node.times + ' times'} in phase ${node.phase}. `,
      element('a', { href: `/decisions/${id}/rules/${encodeURIComponent(node.rule)}#here` }, 'Its source'));
    return;
  }
  const pairs = element('dl', { class: 'pairs' });
  for (const [key, value] of Object.entries(node.fact.fact)) {
    pairs.append(element('dt', {}, key), element('dd', {}, typeof value === 'object' ? JSON.stringify(value) : String(value)));
  }
  told.replaceChildren(element('strong', {}, node.fact.kind), pairs);
}
