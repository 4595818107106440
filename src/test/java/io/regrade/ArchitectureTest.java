package io.regrade;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.Clock;
import java.util.Date;
import org.jspecify.annotations.NullMarked;

/** The walls between packages. What each package is for, and what it may import, is told in {@link Rooms}. */
@AnalyzeClasses(packages = "io.regrade", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Every rule but the first two holds for packages that are still to come: hence no class need match yet. */
    private static final boolean PACKAGES_MAY_BE_MISSING = true;

    @ArchTest
    static final ArchRule everyClass_livesInAKnownRoom = classes()
            .should(liveInAKnownRoom())
            .because("a package without a layer could import anything; add a line to `Rooms`, or use a room there is");

    @ArchTest
    static final ArchRule rooms_importOnlyWhatTheirLayerAllows = classes()
            .should(importOnlyAllowedRooms())
            .because("data goes one way, from intake to web, and only `app` wires adapters to ports:"
                    + " so each layer can be tested, replaced and read without what is above it");

    @ArchTest
    static final ArchRule packages_haveNoCycles = slices().matching("io.regrade.(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("packages that need each other are one package with two names");

    @ArchTest
    static final ArchRule facts_knowOnlyTheJdk = classes()
            .that()
            .resideInAPackage("io.regrade.fact..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.regrade.fact..", "java..", "org.jspecify..")
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("facts are what rule authors write against: they must outlive every library");

    @ArchTest
    static final ArchRule logFormats_knowOnlyTheJdk = classes()
            .that()
            .resideInAPackage("io.regrade.tlog..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.regrade.tlog..", "java..", "org.jspecify..")
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("the log's writer and its verifier share these formats and nothing else");

    @ArchTest
    static final ArchRule audit_sharesNothingWithTheWriterButFormats = classes()
            .that()
            .resideInAPackage("io.regrade.audit..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.regrade.audit..", "io.regrade.tlog..", "java..", "org.jspecify..", "com.fasterxml.jackson..")
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("a verifier that hashes, writes JSON or walks the tree with the writer's code shares its errors");

    @ArchTest
    static final ArchRule drools_isSeenByItsAdapterAlone = onlyIn("io.regrade.engine.drools..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.kie..", "org.drools..", "org.mvel..", "org.mvel2..")
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("the rule engine sits behind the port in `engine`, where another can be compared with it");

    @ArchTest
    static final ArchRule vertx_isSeenByTheServerAlone = onlyIn("io.regrade.web..", "io.regrade.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..")
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("use cases are plain Java, which commands, tests and the server call alike");

    @ArchTest
    static final ArchRule jackson_isSeenWhereJsonIsReadOrWritten = onlyIn(
                    "io.regrade.audit..",
                    "io.regrade.decision..",
                    "io.regrade.execute.nova..",
                    "io.regrade.execute.webhook..",
                    "io.regrade.intake..",
                    "io.regrade.ledger..",
                    "io.regrade.offer..",
                    "io.regrade.pipeline..",
                    "io.regrade.policytest..",
                    "io.regrade.web..",
                    "io.regrade.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..")
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("a JSON form is a contract: it belongs to the edges, to `decision`, and to the"
                    + " replay in `pipeline`, which compares it, not to the domain");

    @ArchTest
    static final ArchRule sql_isSeenByDatabaseAdaptersAlone = onlyIn("io.regrade.db..", "io.regrade..pg..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.flywaydb..")
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("storage sits behind ports, and the in-memory adapters must be able to stand in for it");

    @ArchTest
    static final ArchRule packages_areNamedAfterTheirSubject = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..manager..", "..impl..")
            .because("a package that is named after nothing collects everything; name the subject");

    @ArchTest
    static final ArchRule packages_areNullMarked = classes()
            .should(resideInANullMarkedPackage())
            .because("NullAway checks only what is marked: an unmarked package is an unchecked one");

    @ArchTest
    static final ArchRule clocks_areNotReadBelowThePipeline = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.regrade.fact..",
                    "io.regrade.decision..",
                    "io.regrade.intake..",
                    "io.regrade.catalog..",
                    "io.regrade.policy..",
                    "io.regrade.engine..",
                    "io.regrade.simulate..")
            .should()
            .accessTargetWhere(readsAClock())
            .allowEmptyShould(PACKAGES_MAY_BE_MISSING)
            .because("one `EvaluationTime` is given to an evaluation, or its replay would come out otherwise");

    private static GivenClassesConjunction onlyIn(String... packages) {
        return noClasses().that(DescribedPredicate.not(resideInAnyPackage(packages)));
    }

    private static ArchCondition<JavaClass> liveInAKnownRoom() {
        return new ArchCondition<>("live in a room that `Rooms` lists") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean known = Rooms.of(type.getPackageName()).isPresent();
                events.add(new SimpleConditionEvent(
                        type, known, type.getName() + " lives in `" + type.getPackageName() + "`"));
            }
        };
    }

    private static ArchCondition<JavaClass> importOnlyAllowedRooms() {
        return new ArchCondition<>("import only the rooms that `Rooms` allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String from = type.getPackageName();
                    String to =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (!Rooms.mayImport(from, to)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package whose package-info.java is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, "`" + type.getPackageName() + "`, where " + type.getSimpleName() + " lives"));
            }
        };
    }

    /** Calls and method references: {@code X.now(…)} of java.time, system clocks, and the older ways. */
    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        return describe("reads a clock", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getName();
            if (owner.isEquivalentTo(Clock.class)) {
                return name.startsWith("system") || name.startsWith("tick");
            }
            if (owner.isEquivalentTo(Date.class)) {
                return access.getTarget().getFullName().endsWith("<init>()");
            }
            boolean javaTime = owner.getPackageName().startsWith("java.time") && name.equals("now");
            return javaTime || (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"));
        });
    }
}
