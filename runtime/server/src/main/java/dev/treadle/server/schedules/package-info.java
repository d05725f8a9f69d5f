/** Puts the schedule trigger to work: from what is deployed to what ticks. */
@NullMarked
package dev.treadle.server.schedules;

import org.jspecify.annotations.NullMarked;
