package io.regrade.backtest;

/** The samples cannot be decided and scored as asked; the message says why and what may be meant. */
public final class BacktestException extends RuntimeException {

    BacktestException(String message) {
        super(message);
    }
}
