package io.recupero.report;

import io.recupero.config.MailSettings;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Sends reports by SMTP: the headlines in the body, as text and as HTML, and the files with it. */
public final class Mailer {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final String PATIENCE_MILLIS = "30000";

  private final MailSettings settings;
  private final String password;

  /**
   * Prepares sending.
   *
   * @param password of the settings' user; null where the server asks for none
   */
  public Mailer(MailSettings settings, String password) {
    this.settings = settings;
    this.password = password;
  }

  /**
   * Sends a report.
   *
   * @param sentAt what the message says of when it was sent
   * @throws MailFailedException if the server cannot be reached or refuses the message
   */
  public void send(Report report, List<Path> files, Instant sentAt) {
    try {
      Transport.send(message(report, files, sentAt));
    } catch (MessagingException | IOException e) {
      throw new MailFailedException(
          "Cannot send the report by mail through %s:%d: %s The files are there: %s. Correct mail: in the settings or RECUPERO_SMTP_PASSWORD, and run report again."
              .formatted(
                  settings.host(),
                  settings.port(),
                  sentence(e),
                  files.stream().map(Path::toString).collect(Collectors.joining(", "))),
          e);
    }
  }

  private MimeMessage message(Report report, List<Path> files, Instant sentAt)
      throws MessagingException, IOException {
    MimeMessage message = new MimeMessage(session());
    message.setFrom(new InternetAddress(settings.from(), true));
    for (String to : settings.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    }
    message.setSubject(report.title() + " · " + report.subtitle(), UTF_8);
    message.setSentDate(Date.from(sentAt));
    MimeMultipart parts = new MimeMultipart("mixed");
    MimeBodyPart body = new MimeBodyPart();
    body.setContent(body(report));
    parts.addBodyPart(body);
    for (Path file : files) {
      MimeBodyPart attachment = new MimeBodyPart();
      attachment.attachFile(file.toFile(), ReportFiles.Kind.of(file).mediaType(), "base64");
      attachment.setFileName(file.getFileName().toString());
      parts.addBodyPart(attachment);
    }
    message.setContent(parts);
    return message;
  }

  /** The plainest first: a reader shows the last one that it can. */
  private static MimeMultipart body(Report report) throws MessagingException {
    Texts texts = report.language();
    Map<String, Object> view =
        Map.of(
            "lang", texts.language(),
            "title", report.title(),
            "subtitle", report.subtitle(),
            "attached", texts.text("report.mail.attached"),
            "tiles", PageWriter.TileViews.of(report.tiles(), texts));
    MimeBodyPart text = new MimeBodyPart();
    text.setText(Templates.plain("mail.txt", view), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(Templates.fill("mail.html", view), UTF_8, "html");
    return new MimeMultipart("alternative", text, html);
  }

  private Session session() {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", settings.host());
    properties.put("mail.smtp.port", Integer.toString(settings.port()));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(settings.starttls()));
    // A server that offers none must not get the password or the figures in the clear.
    properties.put("mail.smtp.starttls.required", Boolean.toString(settings.starttls()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.timeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.auth", Boolean.toString(settings.user().isPresent()));
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(settings.user().orElse(""), password);
          }
        });
  }

  private static String sentence(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage().strip();
    String line = message.replaceAll("\\s+", " ");
    return line.endsWith(".") ? line : line + ".";
  }
}
