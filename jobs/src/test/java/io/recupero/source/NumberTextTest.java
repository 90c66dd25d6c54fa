package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

  private static final NumberText COMMA = new NumberText(",", ".");
  private static final NumberText SPACES = new NumberText(",", " ");
  private static final NumberText POINT = new NumberText(".", ",");

  @ParameterizedTest
  @ValueSource(chars = {' ', '\u00A0', '\u202F', '\u2009', '\u2007', '\u3000', '\t'})
  void everyKindOfSpaceIsASpace(char space) {
    assertThat(SPACES.read("1" + space + "234" + space + "567,50", null)).isEqualTo("1234567.50");
    assertThat(new NumberText(",", String.valueOf(space)).read("1 234,5", null))
        .isEqualTo("1234.5");
    assertThat(COMMA.read("1" + space + "234,50", null)).isEqualTo("1" + space + "234,50");
  }

  @ParameterizedTest
  @ValueSource(chars = {'\'', '\u2019', '\u02BC', '\u00B4', '`', '\u2032'})
  void everyKindOfApostropheIsOne(char sign) {
    assertThat(new NumberText(".", "'").read("1" + sign + "234.50", null)).isEqualTo("1234.50");
    assertThat(new NumberText(".", "\u2019").read("1" + sign + "234", null)).isEqualTo("1234");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.234,50 | 1234.50",
        "-1.234,50 | -1234.50",
        "\u22121.234,50 | -1234.50",
        "- 1.234,50 | -1234.50",
        "(1.234,50) | -1234.50",
        "1.234,50- | -1234.50",
        "+1.234,5 | 1234.5",
        "1234,5 | 1234.5",
        "1.234.567,00 | 1234567.00",
        ",5 | 0.5",
        "1,5E3 | 1500",
        "1,2345e+4 | 12345",
        "1,5E-2 | 0.015",
        "$ 1.234,50 | 1234.50",
        "US$1.234,50 | 1234.50",
        "USD 1.234,50 | 1234.50",
        "1.234,50 usd | 1234.50",
        "-$1.234,50 | -1234.50",
        "$ -1.234,50 | -1234.50",
        "($1.234,50) | -1234.50",
        "$ (1.234,50) | -1234.50"
      })
  void whatPeopleWriteIsRead(String text, String number) {
    assertThat(COMMA.read(text, "USD")).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.234,50 €",
        "CLP 1.234",
        "1.234,50 CR",
        "1'234,50",
        "1 234,50",
        "1,234.50",
        "1.23.456,00",
        "12.34,5",
        "--1",
        "(-1)",
        "-(1)",
        "-1-",
        "$$1",
        "1,5E",
        "E5",
        "-",
        "()",
        "$",
        ",",
        "1,",
        "1,5,5",
        "s/f",
        "0x1F"
      })
  void whatIsNotUnderstoodStaysAsItIs(String text) {
    assertThat(COMMA.read(text, "USD")).isEqualTo(text);
  }

  @Test
  void whatCouldPassForAnotherNumberIsMarked() {
    for (String text : List.of("1.23", "1234.5", "1.5E3", "1E41", "1.2.3")) {
      assertThat(COMMA.read(text, null)).isEqualTo("«" + text + "»");
    }
    assertThat(POINT.read("1234.5", null)).isEqualTo("1234.5");
    assertThat(POINT.read("1.5e+3", null)).isEqualTo("1500");
  }

  @Test
  void aSignIsTakenForTheAmountsOwnCurrencyOnly() {
    assertThat(COMMA.read("$ 1.234", "CLP")).isEqualTo("1234");
    assertThat(COMMA.read("US$ 1.234", "CLP")).isEqualTo("US$ 1.234");
    assertThat(COMMA.read("$ 1.234", "EUR")).isEqualTo("$ 1.234");
    assertThat(COMMA.read("1.234,50 €", "eur")).isEqualTo("1234.50");
    assertThat(COMMA.read("R$ 10,00", "BRL")).isEqualTo("10.00");
    assertThat(COMMA.read("S/ 10,00", "PEN")).isEqualTo("10.00");
    assertThat(COMMA.read("S/. 10,00", "PEN")).isEqualTo("10.00");
    assertThat(COMMA.read("£10,00", "GBP")).isEqualTo("10.00");
    assertThat(COMMA.read("$ 10,00", "$")).isEqualTo("10.00");
    assertThat(COMMA.read("$ 10,00", null)).isEqualTo("$ 10,00");
    assertThat(COMMA.read("$ 10,00", "")).isEqualTo("$ 10,00");
  }

  @Test
  void exponentsBeyondAllAmountsAreNotWrittenOut() {
    assertThat(NumberText.expanded("1E999999999")).isNull();
    assertThat(NumberText.expanded("1.0E7")).isEqualTo("10000000");
    assertThat(NumberText.expanded("-2.5e-3")).isEqualTo("-0.0025");
  }
}
