package io.recupero.superset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A Superset somewhere, reached by its API as one of its users.
 *
 * <p>Its import takes a token of the login, another one against forged requests, and the cookie
 * that goes with the second; one alone is refused.
 */
public final class RemoteSuperset {

  /**
   * How addresses of Spark begin: by the name of a dialect that a Superset has only with this
   * program's {@code recupero_hive}. PyHive's own lets a value of a filter become SQL.
   */
  public static final String SAFE_HIVE = "hive+recupero";

  private static final Pattern URI_LINE =
      Pattern.compile("^sqlalchemy_uri: *[\"']?([^\"'\\s]+)", Pattern.MULTILINE);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WAIT = Duration.ofMinutes(5);
  private static final int TOLD = 2_000;
  private static final String BOUNDARY = "recupero-assets-7d1f0c";

  private final URI base;
  private final String user;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  /**
   * Names a Superset and one of its users, who must be allowed to import.
   *
   * @param base its address, such as {@code https://superset.example.com/}
   */
  public RemoteSuperset(URI base, String user) {
    this.base = base.toString().endsWith("/") ? base : URI.create(base + "/");
    this.user = user;
  }

  /**
   * Brings a folder of assets in, all or nothing; what is there of an earlier import is renewed.
   */
  public void bring(Path assets, String password, String provider) {
    byte[] bundle = zipped(assets);
    List<String> uris = uris(assets);
    String token =
        text(
            send(
                "log in as " + user,
                request("api/v1/security/login")
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            json(
                                Map.of(
                                    "username", user,
                                    "password", password,
                                    "provider", provider,
                                    "refresh", false))))),
            "access_token");
    String csrf =
        text(
            send(
                "get leave to write",
                request("api/v1/security/csrf_token/").header("Authorization", "Bearer " + token)),
            "result");
    uris.stream()
        .filter(uri -> uri.startsWith(SAFE_HIVE))
        .forEach(uri -> hasDialect(uri, token, csrf));
    send(
        "bring the dashboards in",
        request("api/v1/assets/import/")
            .header("Authorization", "Bearer " + token)
            .header("X-CSRFToken", csrf)
            .header("Referer", base.toString())
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(form(bundle))));
  }

  /** Refuses a Superset that would not know what to do with the address, and says why. */
  private void hasDialect(String uri, String token, String csrf) {
    HttpRequest asked =
        request("api/v1/database/test_connection/")
            .header("Authorization", "Bearer " + token)
            .header("X-CSRFToken", csrf)
            .header("Referer", base.toString())
            .header("Accept-Language", "en")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json(Map.of("sqlalchemy_uri", uri))))
            .build();
    try {
      String answer = http.send(asked, BodyHandlers.ofString()).body();
      if (answer.contains("Could not load database driver")) {
        throw new DashboardsException(
            "Cannot bring the dashboards in at "
                + base
                + ": it does not write values safely for Spark. Install pyhive there, put"
                + " superset/server/recupero_hive.py of this program on its PYTHONPATH and write"
                + " `import recupero_hive` in its superset_config.py.");
      }
      // Whether the server of the address answers now does not matter.
    } catch (IOException e) {
      throw new DashboardsException("Cannot ask " + base + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DashboardsException("Cannot ask " + base + ": it was interrupted", e);
    }
  }

  private static List<String> uris(Path assets) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(assets)) {
      for (Path file : all.filter(it -> it.toString().endsWith(".yaml")).sorted().toList()) {
        Matcher line = URI_LINE.matcher(Files.readString(file));
        while (line.find()) {
          if (line.group(1).startsWith("hive://")) {
            throw new DashboardsException(
                "Cannot bring in "
                    + file
                    + ": its sqlalchemy_uri begins with hive://, by which a value of a filter can"
                    + " become SQL. Write "
                    + SAFE_HIVE
                    + ":// instead, or export the dashboards again.");
          }
          found.add(line.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + assets, e);
    }
    return found;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(WAIT)
        .header("Accept", "application/json");
  }

  private JsonNode send(String doing, HttpRequest.Builder request) {
    String where = "Cannot " + doing + " at " + base + ": ";
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new DashboardsException(where + refused(response));
      }
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new DashboardsException(where + "what answers there is no Superset. Correct --url.", e);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new DashboardsException(where + why + ". Is it running, and is --url right?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DashboardsException(where + "it was interrupted", e);
    }
  }

  private String refused(HttpResponse<String> response) {
    String body = response.body();
    String said =
        "it answered "
            + response.statusCode()
            + " "
            + body.substring(0, Math.min(TOLD, body.length())).strip();
    return switch (response.statusCode()) {
      case 401 -> said + "\nCorrect --user or the password.";
      case 403 ->
          said + "\nThe user " + user + " may not import there; an administrator of it may.";
      case 404 -> said + "\nIs --url the address of a Superset of version 4 or newer?";
      default -> said;
    };
  }

  private static String text(JsonNode answer, String name) {
    return answer.path(name).asText();
  }

  private static String json(Map<String, Object> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every map of words is JSON", e);
    }
  }

  private static byte[] form(byte[] bundle) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"assets.zip\""
            + "\r\nContent-Type: application/zip\r\n\r\n";
    form.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(bundle);
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return form.toByteArray();
  }

  private static byte[] zipped(Path folder) {
    if (!Files.isRegularFile(folder.resolve("metadata.yaml"))) {
      throw new DashboardsException(
          "Cannot bring in "
              + folder
              + ": it has no metadata.yaml, so it is no folder of assets."
              + " ./recupero dashboards export writes one.");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> all = Files.walk(folder)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry("assets/" + folder.relativize(file)));
        Files.copy(file, zip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
    return bytes.toByteArray();
  }
}
