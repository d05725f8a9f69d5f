package dev.treadle.engine;

import dev.treadle.trigger.Publisher;

/** What the node offers to its functions. */
record Offers(Secrets secrets, Publisher publisher, Calls calls, Bindings bindings) {}
