package dev.treadle.trigger.nats;

/** What a trigger does with what is delivered to it. Safe for threads. */
interface DeliveryRun {
    /** Whether it is passed over. */
    boolean isFiltered(Delivery delivery);

    /** Runs it and answers; always answers, unless the connection is gone. */
    void run(Delivery delivery);

    /** Gives back what was not begun. */
    void handBack(Delivery delivery);

    /** What has deliveries run in the order that they want. */
    Runner runner(Threads threads, Runner.Left left);
}
