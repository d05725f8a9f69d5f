/** What every store must keep to: extend these tests, give them a store. */
@NullMarked
package dev.treadle.registry.contract;

import org.jspecify.annotations.NullMarked;
