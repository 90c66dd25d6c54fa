package io.recupero.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Files that the program carries. */
final class Resources {

  private static final String WEBJAR = "/META-INF/maven/org.webjars/echarts/pom.properties";
  private static final String CHARTS = "/META-INF/resources/webjars/echarts/%s/%s";

  private Resources() {}

  /** Returns a file beside this class. */
  static String text(String name) {
    return read(name);
  }

  /**
   * Returns Apache ECharts with its licence notice: the distribution with bars and lines, two
   * thirds of the whole one.
   */
  static String charts() {
    Properties properties = new Properties();
    try (InputStream file = Resources.class.getResourceAsStream(WEBJAR)) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + WEBJAR, e);
    }
    return read(CHARTS.formatted(properties.getProperty("version"), "echarts.common.min.js"));
  }

  private static String read(String name) {
    try (InputStream file = Resources.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(
            "Cannot find " + name + " on the class path. Build the program again.");
      }
      // One kind of line end: a policy knows scripts by their hash, and browsers read lines so.
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }
}
