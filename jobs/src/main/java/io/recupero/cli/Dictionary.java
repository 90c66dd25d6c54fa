package io.recupero.cli;

import io.recupero.cli.Messages.Lang;
import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Contracts;
import java.util.Comparator;
import java.util.List;

/**
 * The data dictionary: every table and its columns, of their contracts, one document a language.
 */
final class Dictionary {

  private Dictionary() {}

  static String file(Lang lang) {
    return "tables." + lang.code() + ".md";
  }

  /** Returns the document of one language. */
  static String text(Contracts contracts, Lang lang) {
    Messages messages = Messages.of(lang);
    List<Contract> tables =
        contracts.all().stream().sorted(Comparator.comparing(Contract::id)).toList();
    Markdown out = new Markdown();
    out.block("# " + messages.text("dictionary.title"));
    out.block("*" + messages.text("handbook.made") + "*");
    out.list(tables.stream().map(it -> Markdown.link(it.id(), it.id())).toList());
    for (Contract table : tables) {
      out.heading(2, table.id(), table.id());
      out.block(table.meaning().in(lang.code()));
      out.table(
          List.of(
              messages.text("dictionary.column"),
              messages.text("dictionary.type"),
              messages.text("dictionary.meaning")),
          table.columns().stream().map(column -> row(column, messages, lang)).toList());
    }
    return out.toString();
  }

  private static List<String> row(ContractColumn column, Messages messages, Lang lang) {
    String required = column.required() ? ", " + messages.text("dictionary.required") : "";
    return List.of(
        Markdown.code(column.name()),
        column.type().sql() + required,
        column.meaning().in(lang.code()));
  }
}
