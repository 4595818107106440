package io.regrade.engine;

/** The rules of one policy version, ready to run. Thread-safe; {@link #close()} gives back its memory. */
public interface CompiledRules extends AutoCloseable {

    /** A new, empty working memory for one virtual machine. */
    RuleSession open();

    /** How many rules there are, those of decision tables included. */
    int size();

    @Override
    void close();
}
