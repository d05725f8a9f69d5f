/** What is deployed: manifests, releases, aliases and artifacts, and the stores that keep them. */
@NullMarked
package dev.treadle.registry;

import org.jspecify.annotations.NullMarked;
