package dev.treadle.trigger.nats.server;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Message;

/** What the client reports besides answers. Failed attempts to reconnect are for debugging only. */
final class ErrorLog implements ErrorListener {
    private static final System.Logger LOG = System.getLogger(ErrorLog.class.getName());

    @Override
    public void errorOccurred(Connection connection, String error) {
        LOG.log(System.Logger.Level.WARNING, "NATS: {0}", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
        LOG.log(System.Logger.Level.DEBUG, "NATS", failure);
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        LOG.log(System.Logger.Level.WARNING, "NATS: a subscription cannot keep up");
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
        LOG.log(
                System.Logger.Level.WARNING,
                "NATS: a message to {0} was not sent, the buffer of the lost connection is full",
                message.getSubject());
    }
}
