package io.recupero.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageWriterTest {

  private final byte[] file = PageWriter.write(Reported.sample(Reported.SPANISH));
  private final String page = new String(file, StandardCharsets.UTF_8);

  /** The page without its library, which is some hundred thousand letters of anything. */
  private final String own = page.replace(Resources.charts(), "");

  @Test
  void noNameOfACustomerBecomesMarkupOrAScript() throws IOException {
    assertThat(Reported.json(page)).doesNotContain("<").doesNotContain(">").doesNotContain("&");
    assertThat(own)
        .doesNotContain("<img")
        .doesNotContain("<!--<script>")
        .doesNotContain("<script>alert")
        .contains("&lt;script&gt;alert(1)");
    // Two scripts of the program and the figures: nothing has ended one early or begun another.
    assertThat(own.split("<script", -1)).hasSize(4);
    JsonNode rows = Reported.data(file).at("/sections/names/tables/0/rows");
    for (int i = 0; i < Reported.HOSTILE.size() - 1; i++) {
      assertThat(rows.get(i).get(0).asText()).isEqualTo(Reported.HOSTILE.get(i));
    }
  }

  @Test
  void templatesInTheDataStayData() {
    assertThat(page).contains("{{title}} {{{data}}}");
  }

  @Test
  void nothingIsAskedOfAnyHostAndOnlyTheProgramsOwnScriptsRun() {
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1))
        .startsWith("default-src 'none'; script-src 'sha256-")
        .doesNotContain("http")
        .doesNotContain("script-src 'unsafe");
    assertThat(own.replace(Reported.json(page), ""))
        .doesNotContain(" src=")
        .doesNotContain(" href=\"http")
        .doesNotContain("@import")
        .doesNotContain("url(")
        .doesNotContain("<link");
  }

  @Test
  void theLibraryKeepsItsLicence() {
    assertThat(page).contains("Licensed to the Apache Software Foundation (ASF)");
  }

  @Test
  void numbersAreWrittenAsTheLanguageWritesThem() {
    assertThat(page)
        .contains(">1.234.567<", ">12,3456<", ">\u22121.234,50<", ">38,40\u00a0%<", ">31-03-2026<");
    assertThat(new String(PageWriter.write(Reported.sample(Locale.US)), StandardCharsets.UTF_8))
        .contains(">1,234,567<", ">12.3456<", ">\u22121,234.50<", ">38.40%<", ">Mar 31, 2026<");
  }

  @Test
  void exactFiguresLieBesideTheirTexts() throws IOException {
    JsonNode table = Reported.data(file).at("/sections/names/tables/0");
    assertThat(table.at("/rows/0/4").decimalValue()).isEqualByComparingTo("38.4012");
    assertThat(table.at("/texts/0/4").asText()).isEqualTo("38,40\u00a0%");
    assertThat(table.at("/rows/8/1").isNull()).isTrue();
    assertThat(table.at("/texts/8/1").asText()).isEmpty();
  }

  @Test
  void itPrints() {
    assertThat(page).contains("@media print");
  }

  @Test
  void theSameReportIsTheSameFile() {
    assertThat(PageWriter.write(Reported.sample(Reported.SPANISH))).isEqualTo(file);
  }
}
