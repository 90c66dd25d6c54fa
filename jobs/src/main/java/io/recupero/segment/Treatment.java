package io.recupero.segment;

import io.recupero.contract.Text;
import java.util.List;
import java.util.Optional;

/**
 * How a segment is collected from: the policy that goes with it. What is not said is empty.
 *
 * @param stage preventive, early, negotiation, legal or written_off
 * @param channels channels in the order in which they are tried
 * @param tone how to speak
 * @param firstContactDay first contact relative to the due date; negative: before it
 * @param discountPercent the most that may be offered for paying at once
 * @param planInstalments the most instalments that may be offered
 * @param reward what paying on time earns
 * @param consequence what not paying leads to
 */
public record Treatment(
    Optional<String> stage,
    List<String> channels,
    Optional<Text> tone,
    Optional<Integer> firstContactDay,
    Optional<Integer> discountPercent,
    Optional<Integer> planInstalments,
    Optional<Text> reward,
    Optional<Text> consequence) {}
