/**
 * The gate: small rules on rendered letters. A new rule is one class that implements
 * {@link dev.postrider.edition.gate.GateRule}.
 */
@NullMarked
package dev.postrider.edition.gate;

import org.jspecify.annotations.NullMarked;
