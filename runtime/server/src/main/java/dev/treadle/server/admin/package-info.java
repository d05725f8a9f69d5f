/** The admin API, as {@code openapi.yaml} describes it. */
@NullMarked
package dev.treadle.server.admin;

import org.jspecify.annotations.NullMarked;
