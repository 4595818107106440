package io.regrade.execute;

import java.time.Duration;
import java.util.List;

/**
 * Whatever can change a machine. Thread-safe; every call may take as long as a cloud does to answer.
 *
 * <p>Asking is not knowing: whoever asks notes that it will before, and looks afterwards. {@link #look} tells what is true
 * now, also after a crash between question and answer, so that nothing is asked for twice that has begun.
 */
public interface Executor {

    /** Its name, such as {@code nova}. */
    String name();

    /**
     * Looks whether an order could be carried out now; changes nothing.
     *
     * @throws NoAnswerException when that is not known
     */
    List<Check> check(Order order) throws NoAnswerException;

    /**
     * What it knows of the machine now, for itself: {@link Errand#mark()} of everything that follows.
     *
     * @throws NoAnswerException when that is not known
     */
    String mark(Order order) throws NoAnswerException;

    /**
     * Asks for the change.
     *
     * @throws RefusedByCloudException when the cloud said no and did nothing
     * @throws NoAnswerException when it is not known whether it has begun
     */
    void act(Errand errand) throws RefusedByCloudException, NoAnswerException;

    /**
     * What the cloud shows.
     *
     * @throws NoAnswerException when it shows nothing
     */
    Sighting look(Errand errand) throws NoAnswerException;

    /** Asks to make the change final; throws as {@link #act} does. */
    void confirm(Errand errand) throws RefusedByCloudException, NoAnswerException;

    /** Asks to take back a change that was made; throws as {@link #act} does. */
    void revert(Errand errand) throws RefusedByCloudException, NoAnswerException;

    /** How long something may take that it was asked for; {@code usual} unless it knows better. */
    default Duration patience(Duration usual) {
        return usual;
    }

    /** What it would do, line by line, for people. */
    List<String> preview(Order order);
}
