package dev.treadle.registry;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** One entry of a manifest's {@code triggers}. */
public sealed interface TriggerSpec {
    /** The key that says the kind in a manifest. */
    default String kind() {
        return switch (this) {
            case Http _ -> "http";
            case Nats _ -> "nats";
            case Rpc _ -> "rpc";
            case Schedule _ -> "schedule";
        };
    }

    /**
     * A route.
     *
     * @param path a template: segments that are text, {@code {name}} for one segment, or a last
     *     {@code {name...}} for all that follow
     * @param methods in capitals; empty for every method
     * @param cors who may call from a browser page of another origin
     * @param async how requests are handled that are answered later; empty for {@link
     *     Async#DEFAULT}
     */
    record Http(String path, List<String> methods, Optional<Cors> cors, Optional<Async> async)
            implements TriggerSpec {
        public Http {
            methods = List.copyOf(methods);
        }

        /** With the usual rules for requests that are answered later. */
        public Http(String path, List<String> methods, Optional<Cors> cors) {
            this(path, methods, cors, Optional.empty());
        }
    }

    /**
     * Requests that are answered later.
     *
     * @param retry what happens after a failure
     * @param results how long a result is kept
     * @param destinations where outcomes go
     */
    record Async(Retry retry, Duration results, Destinations destinations) {
        public static final Duration RESULTS_MAX = Duration.ofDays(7);
        public static final Async DEFAULT = new Async(Retry.DEFAULT, Duration.ofDays(1));

        /** Outcomes go nowhere else. */
        public Async(Retry retry, Duration results) {
            this(retry, results, Destinations.NONE);
        }
    }

    /**
     * Cross-origin resource sharing (WHATWG Fetch).
     *
     * @param origins exact origins, or {@code *}
     * @param methods what a preflight allows; empty for the route's own
     * @param headers request headers that a preflight allows; {@code *} for all asked for
     * @param expose response headers that the page may read
     * @param credentials whether cookies and authorization may be sent; not together with {@code *}
     * @param maxAge how long a preflight's answer may be kept
     */
    record Cors(
            List<String> origins,
            List<String> methods,
            List<String> headers,
            List<String> expose,
            boolean credentials,
            Duration maxAge) {
        public Cors {
            origins = List.copyOf(origins);
            methods = List.copyOf(methods);
            headers = List.copyOf(headers);
            expose = List.copyOf(expose);
        }
    }

    /**
     * Events of a JetStream stream.
     *
     * @param stream the stream's name
     * @param subject which of its subjects; may hold wildcards
     * @param ordering which events wait for one another
     * @param concurrency how many events a node handles at once
     * @param retry what happens after a failure
     * @param deadLetter what happens to events that are given up
     * @param batch how many events one invocation takes; empty for one
     * @param filter a CloudEvents SQL expression; events that do not match are passed over
     * @param start where in the stream the trigger begins, once
     * @param maxAge events older than this are given up without an attempt
     * @param create how to make the stream when there is none; empty to leave that to others
     * @param destinations where outcomes go
     */
    record Nats(
            String stream,
            String subject,
            Ordering ordering,
            int concurrency,
            Retry retry,
            DeadLetter deadLetter,
            Optional<Batch> batch,
            Optional<String> filter,
            StartPosition start,
            Optional<Duration> maxAge,
            Optional<NewStream> create,
            Destinations destinations)
            implements TriggerSpec {
        public static final int CONCURRENCY = 64;

        /** Outcomes go nowhere else. */
        public Nats(
                String stream,
                String subject,
                Ordering ordering,
                int concurrency,
                Retry retry,
                DeadLetter deadLetter,
                Optional<Batch> batch,
                Optional<String> filter,
                StartPosition start,
                Optional<Duration> maxAge,
                Optional<NewStream> create) {
            this(
                    stream,
                    subject,
                    ordering,
                    concurrency,
                    retry,
                    deadLetter,
                    batch,
                    filter,
                    start,
                    maxAge,
                    create,
                    Destinations.NONE);
        }
    }

    /**
     * What becomes of events that are given up.
     *
     * @param maxAge how long they are kept
     */
    record DeadLetter(Duration maxAge) {
        public static final DeadLetter DEFAULT = new DeadLetter(Duration.ofDays(14));
    }

    /**
     * Several events an invocation.
     *
     * @param size how many at most
     * @param maxWait how long the first may wait for the others
     */
    record Batch(int size, Duration maxWait) {
        public static final Duration MAX_WAIT = Duration.ofMillis(20);
    }

    /** A stream to be made with these subjects. */
    record NewStream(List<String> subjects) {
        public NewStream {
            subjects = List.copyOf(subjects);
        }
    }

    /**
     * Requests on a NATS subject, each with an answer.
     *
     * @param subject where they arrive; may hold wildcards
     * @param queue the queue group that shares them; empty for the function's own
     */
    record Rpc(String subject, Optional<String> queue) implements TriggerSpec {}

    /**
     * A clock.
     *
     * @param cron when it ticks: five fields, or six with seconds first, or one of the words that
     *     begin with {@code @}
     * @param zone whose wall clock the fields mean
     * @param overlap what to do when a tick finds the one before still running
     * @param missed what to do about ticks that passed while no node ran
     * @param destinations where outcomes go
     */
    record Schedule(
            String cron, ZoneId zone, Overlap overlap, Missed missed, Destinations destinations)
            implements TriggerSpec {
        /** Outcomes go nowhere else. */
        public Schedule(String cron, ZoneId zone, Overlap overlap, Missed missed) {
            this(cron, zone, overlap, missed, Destinations.NONE);
        }

        /** What becomes of a tick while the one before still runs. */
        public enum Overlap {
            /** It is left out. */
            SKIP,
            /** It runs when the one before has ended. */
            QUEUE,
            /** It runs at once, beside the one before. */
            ALLOW
        }

        /** What becomes of ticks that passed while nothing ran. */
        public enum Missed {
            /** They are left out. */
            SKIP,
            /** The last of them runs. */
            ONCE,
            /** All of them run, one after another. */
            ALL
        }
    }
}
