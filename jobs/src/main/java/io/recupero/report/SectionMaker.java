package io.recupero.report;

import java.util.Optional;

/** Makes one section; to add a section is to add one of these to {@link Reports}, and its texts. */
@FunctionalInterface
interface SectionMaker {

  /** Returns the section; empty where the release has nothing for it. */
  Optional<Section> make(Source source, Headlines headlines);
}
