package io.regrade.engine.drools.drl;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import io.regrade.policy.structure.StructureReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.QueryDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads rules with the parser of the language that the compiler takes, which goes on after a broken rule. Among the
 * problems is what the language offers and policies may not use, so that a policy is parsed once for all of it.
 */
public final class DrlStructureReader implements StructureReader {

    private static final Logger LOG = LoggerFactory.getLogger(DrlStructureReader.class);

    private final boolean copies;

    /** Reads what people write. */
    public DrlStructureReader() {
        this(false);
    }

    private DrlStructureReader(boolean copies) {
        this.copies = copies;
    }

    /** Reads changed copies of rules beside those: nobody wrote them, so they are among no rules that are shown. */
    public static DrlStructureReader ofCopies() {
        return new DrlStructureReader(true);
    }

    @Override
    public PolicyStructure read(PolicyBundle policy) {
        List<RuleStructure> rules = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        Map<String, List<String>> imports = new HashMap<>();
        policy.files()
                .forEach((file, text) -> read(
                        file,
                        text,
                        rules,
                        problems,
                        imports,
                        policy.rules().stream()
                                .filter(rule -> rule.file().equals(file))
                                .toList()));
        return new PolicyStructure(rules, problems, imports);
    }

    private void read(
            String file,
            String text,
            List<RuleStructure> rules,
            List<Diagnostic> problems,
            Map<String, List<String>> imports,
            List<RuleSource> known) {
        if (file.endsWith(".csv") && known.isEmpty()) {
            return; // reported where tables are read
        }
        DrlSource source;
        PackageDescr parsed;
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        try {
            source = DrlSource.of(file, text);
            NestingException.check(file, source.text());
            parsed = parser.parse(true, source.text());
            MissingEnds ends =
                    parser.hasErrors() && !source.isTable() ? MissingEnds.in(source.text()) : MissingEnds.NONE;
            if (!ends.isEmpty()) {
                problems.addAll(ends.problems(source));
                source = ends.mended(source);
                parser = new DrlParser(LanguageLevelOption.DRL6);
                parsed = parser.parse(true, source.text());
            }
        } catch (NestingException e) {
            problems.add(e.problem());
            return;
        } catch (DroolsParserException | RuntimeException | StackOverflowError e) {
            LOG.debug("{} cannot be read", file, e);
            problems.add(Diagnostic.error("syntax", file, 0, "the file cannot be read as rules"));
            return;
        }
        Syntax syntax = new Syntax(source, parser.getErrors());
        problems.addAll(syntax.problems());
        if (parsed == null) {
            return;
        }
        problems.addAll(Constructs.forbidden(source, parsed));
        if (parsed.getFunctions().isEmpty()
                && parsed.getGlobals().isEmpty()
                && parsed.getTypeDeclarations().isEmpty()
                && parsed.getFunctionImports().isEmpty()) {
            imports.put(
                    file,
                    parsed.getImports().stream().map(ImportDescr::getTarget).toList());
        }
        for (RuleDescr rule : parsed.getRules()) {
            if (!(rule instanceof QueryDescr)) {
                try {
                    RuleStructure read = RuleReader.read(source, rule, syntax.isWhole(rule));
                    rules.add(read);
                    if (!copies) {
                        HiddenRules.check(read, known, problems);
                    }
                } catch (NestingException e) {
                    problems.add(e.problem());
                } catch (StackOverflowError e) {
                    problems.add(NestingException.expression(source.place(source.offset(rule.getLine(), 0), 0))
                            .problem());
                }
            }
        }
    }
}
