/** Cron ticks in: the schedule trigger. */
@NullMarked
package dev.treadle.trigger.schedule;

import org.jspecify.annotations.NullMarked;
