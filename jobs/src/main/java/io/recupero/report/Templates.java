package io.recupero.report;

import com.github.mustachejava.DefaultMustacheFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Fills templates; what is filled in is escaped unless the template says otherwise. */
final class Templates {

  private Templates() {}

  /** Fills a template of HTML. */
  static String fill(String template, Object view) {
    return fill(new DefaultMustacheFactory(), template, view);
  }

  /** Fills a template of plain text, where nothing needs to be escaped. */
  static String plain(String template, Object view) {
    return fill(
        new DefaultMustacheFactory() {
          @Override
          public void encode(String value, Writer writer) {
            try {
              writer.write(value);
            } catch (IOException e) {
              throw new UncheckedIOException("Cannot fill " + template, e);
            }
          }
        },
        template,
        view);
  }

  private static String fill(DefaultMustacheFactory factory, String template, Object view) {
    StringWriter out = new StringWriter();
    factory.compile(new StringReader(Resources.text(template)), template).execute(out, view);
    return out.toString();
  }
}
