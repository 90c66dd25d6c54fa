package io.recupero.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.recupero.config.MailSettings;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailerTest {

  private static final Instant SENT_AT = Instant.parse("2026-04-01T13:00:00Z");

  private final GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
  private final Report report = Reported.sample(Reported.SPANISH);

  @TempDir Path folder;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void theHeadlinesAreInTheBodyAndTheFilesAreAttached() throws Exception {
    server.setUser("ana@example.com", "ana", "secret");
    List<Path> files = files();

    new Mailer(settings(server.getSmtp().getPort(), Optional.of("ana")), "secret")
        .send(report, files, SENT_AT);

    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(2);
    MimeMessage message = received[0];
    assertThat(message.getSubject()).startsWith("Informe \u00b7 Al 31-03-2026");
    assertThat(message.getSentDate().toInstant()).isEqualTo(SENT_AT);
    assertThat(message.getFrom()[0]).hasToString("informes@example.com");
    assertThat(message.getRecipients(Message.RecipientType.TO)).hasSize(2);

    Multipart parts = (Multipart) message.getContent();
    assertThat(parts.getCount()).isEqualTo(3);
    Multipart body = (Multipart) parts.getBodyPart(0).getContent();
    assertThat(body.getContentType()).startsWith("multipart/alternative");
    assertThat((String) body.getBodyPart(0).getContent())
        .contains(Reported.HOSTILE.get(4) + ": 38,40\u00a0% (\u22121,29 pp)");
    assertThat((String) body.getBodyPart(1).getContent())
        .contains("38,40\u00a0%", "&lt;/script&gt;")
        .doesNotContain("<script>");
    for (int i = 0; i < files.size(); i++) {
      BodyPart attached = parts.getBodyPart(i + 1);
      assertThat(attached.getFileName()).isEqualTo(files.get(i).getFileName().toString());
      assertThat(attached.getInputStream().readAllBytes())
          .isEqualTo(Files.readAllBytes(files.get(i)));
    }
  }

  @Test
  void aWrongPasswordIsToldAndNothingIsSent() {
    server.setUser("ana@example.com", "ana", "secret");
    List<Path> files = files();
    Mailer mailer = new Mailer(settings(server.getSmtp().getPort(), Optional.of("ana")), "wrong");

    assertThatThrownBy(() -> mailer.send(report, files, SENT_AT))
        .isInstanceOf(MailFailedException.class)
        .hasMessageContaining("localhost:" + server.getSmtp().getPort())
        .hasMessageContaining(MailSettings.PASSWORD)
        .hasMessageNotContaining("wrong");
    assertThat(server.getReceivedMessages()).isEmpty();
    assertThat(files).allMatch(Files::exists);
  }

  @Test
  void aServerThatCannotBeReachedIsToldAndTheFilesStay() throws IOException {
    List<Path> files = files();
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    Mailer mailer = new Mailer(settings(nobody, Optional.empty()), null);

    assertThatThrownBy(() -> mailer.send(report, files, SENT_AT))
        .isInstanceOf(MailFailedException.class)
        .hasMessageStartingWith("Cannot send the report by mail through localhost:" + nobody + ": ")
        .hasMessageContaining("The files are there: " + files.get(0));
    assertThat(files).allMatch(Files::exists);
  }

  @Test
  void aServerWithoutEncryptionGetsNothingWhereItIsAskedFor() {
    MailSettings encrypted =
        new MailSettings(
            "localhost",
            server.getSmtp().getPort(),
            true,
            Optional.empty(),
            "informes@example.com",
            List.of("finanzas@example.com"));

    assertThatThrownBy(() -> new Mailer(encrypted, null).send(report, files(), SENT_AT))
        .hasMessageContaining("STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private List<Path> files() {
    return ReportFiles.write(report, folder, List.of(ReportFiles.Kind.values()));
  }

  private static MailSettings settings(int port, Optional<String> user) {
    return new MailSettings(
        "localhost",
        port,
        false,
        user,
        "informes@example.com",
        List.of("finanzas@example.com", "cobranza@example.com"));
  }
}
