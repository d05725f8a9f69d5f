package dev.treadle.trigger.nats;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Posts webhooks until they are taken, refused for good, or have been tried often enough. Safe for
 * threads.
 *
 * @param secret what they are signed with; unsigned when there is none
 * @param givenUp is told the function of each webhook that is given up
 */
record WebhookRun(
        WebhookSender sender,
        CallbackHosts hosts,
        Supplier<Optional<String>> secret,
        RetryRule retry,
        Consumer<String> givenUp,
        RandomGenerator random,
        InstantSource clock)
        implements DeliveryRun {
    private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());

    /** Whoever answers so wants to hear no more. */
    private static final int GONE = 410;

    @Override
    public boolean isFiltered(Delivery delivery) {
        return false;
    }

    @Override
    public void run(Delivery delivery) {
        try {
            run(delivery, WebhookStream.read(delivery.message()));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "what is no webhook is removed", e);
            delivery.term();
        }
    }

    private void run(Delivery delivery, Webhook webhook) {
        Optional<String> obstacle =
                webhook.trusted() ? Optional.empty() : hosts.obstacle(webhook.url());
        String trouble;
        try {
            int status = obstacle.isPresent() ? 0 : post(webhook);
            if (status >= 200 && status < 300) {
                delivery.ack();
                return;
            }
            if (status == GONE) {
                giveUp(delivery, webhook, "answered 410, which means that it wants no more");
                return;
            }
            trouble = obstacle.orElse("answered " + status);
        } catch (IOException e) {
            trouble = "did not answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            trouble = "was interrupted";
        }
        if (retry.exhausted(delivery.deliveries())) {
            giveUp(delivery, webhook, trouble);
        } else {
            Duration pause = retry.pauseAfter(delivery.deliveries(), random);
            delivery.nak(pause);
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}: webhook {1} to {2} {3}; again in {4} s",
                    webhook.function(),
                    webhook.id(),
                    webhook.url().getHost(),
                    trouble,
                    pause.toSeconds());
        }
    }

    private void giveUp(Delivery delivery, Webhook webhook, String trouble) {
        givenUp.accept(webhook.function());
        delivery.term();
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}: webhook {1} to {2} is given up after {3} attempts: {4}",
                webhook.function(),
                webhook.id(),
                webhook.url().getHost(),
                delivery.deliveries(),
                trouble);
    }

    private int post(Webhook webhook) throws IOException, InterruptedException {
        Instant now = clock.instant();
        String timestamp = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", StructuredWriter.MEDIA_TYPE);
        headers.put("webhook-id", webhook.id());
        headers.put("webhook-timestamp", timestamp);
        secret.get()
                .ifPresent(
                        key ->
                                headers.put(
                                        "webhook-signature",
                                        WebhookSignature.of(
                                                key,
                                                webhook.id(),
                                                now.getEpochSecond(),
                                                webhook.body())));
        return sender.post(webhook.url(), headers, webhook.body());
    }

    @Override
    public void handBack(Delivery delivery) {
        delivery.handBack();
    }

    @Override
    public Runner runner(Threads threads, Runner.Left left) {
        return new SideBySide("webhooks", this, threads, left);
    }
}
