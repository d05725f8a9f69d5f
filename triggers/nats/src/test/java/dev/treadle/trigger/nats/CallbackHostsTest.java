package dev.treadle.trigger.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("no-server")
class CallbackHostsTest {
    private final CallbackHosts none = new CallbackHosts(List.of());
    private final CallbackHosts some =
            new CallbackHosts(List.of("127.0.0.1", "*.svc.example", "Hooks.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:8080/x",
                "http://10.1.2.3/",
                "http://192.168.1.1/",
                "http://172.16.0.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://100.64.0.1/",
                "http://0.0.0.0/",
                "http://0.1.2.3/",
                "http://[::1]/",
                "http://[fd00::1]/",
                "http://[::ffff:127.0.0.1]/"
            })
    void whatIsNotPublicMustBeListed(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.parse(url))
                .withMessageContaining("is no public address")
                .withMessageContaining("webhooks.hosts");
        assertThat(new CallbackHosts(List.of("*")).parse(url).toString()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://192.0.2.1/done",
                "http://127.0.0.1:9000/",
                "http://a.b.svc.example/",
                "http://hooks.example/"
            })
    void publicAndListedHostsMayBeCalled(String url) {
        assertThat(some.parse(url).toString()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://192.0.2.1/",
                "file:///etc/passwd",
                "192.0.2.1",
                "http://user@192.0.2.1/",
                "http:///x",
                "http://a b/"
            })
    void whatIsNoSuchUrlIsTurnedDown(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> some.parse(url));
    }
}
