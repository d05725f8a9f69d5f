package dev.treadle.samples.orderledger;

/**
 * An order in the ledger. As a question it has an id alone.
 *
 * @param cents the price; absent in a question
 */
public record PricedOrder(String id, String item, int quantity, Long cents) {
    boolean isQuestion() {
        return cents == null;
    }
}
