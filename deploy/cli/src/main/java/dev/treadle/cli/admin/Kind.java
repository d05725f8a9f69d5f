package dev.treadle.cli.admin;

import java.time.Duration;

/**
 * What has releases and aliases: functions, and models.
 *
 * @param word for one of them; with an s it is their path
 * @param command what stands before its verbs
 * @param patience how long an alias of one may take to move
 * @param none what to say where a node has none
 * @param naming where the name of one comes from
 */
record Kind(String word, String command, Duration patience, String none, String naming) {
    static final Kind FUNCTION =
            new Kind(
                    "function",
                    "treadle",
                    Duration.ofMinutes(1),
                    "Nothing is deployed on this node yet.",
                    "A function is named by the name in its manifest, or that --name gave it.");

    /** Its node loads a model before an alias moves. */
    static final Kind MODEL =
            new Kind(
                    "model",
                    "treadle model",
                    Duration.ofMinutes(30),
                    "No model has been pushed to this node yet.",
                    "A model has the name that it was pushed with.");
}
