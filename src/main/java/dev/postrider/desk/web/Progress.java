package dev.postrider.desk.web;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.postrider.delivery.DeliveryStatus;

/**
 * How far the sending of an edition is.
 *
 * @param total readers in its audience
 * @param done readers that are settled, however
 * @param sentence both in words
 * @param rows every status that has readers
 */
public record Progress(int total, int done, String sentence, List<Row> rows) {

	static Progress of(Map<DeliveryStatus, Integer> counts) {
		Map<DeliveryStatus, Integer> all = new EnumMap<>(DeliveryStatus.class);
		all.putAll(counts);
		int total = all.values().stream().mapToInt(Integer::intValue).sum();
		int open = all.getOrDefault(DeliveryStatus.PENDING, 0) + all.getOrDefault(DeliveryStatus.DEFERRED, 0);
		String sentence = Times.number(all.getOrDefault(DeliveryStatus.SENT, 0)) + " of "
				+ Times.counted(total, "reader") + " sent";
		List<Row> rows = all.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 0 || entry.getKey() == DeliveryStatus.SENT)
			.map((entry) -> new Row(StatusWords.of(entry.getKey()), Times.number(entry.getValue())))
			.toList();
		return new Progress(total, total - open, sentence, rows);
	}

	/**
	 * One line of the table.
	 *
	 * @param word what the number counts
	 * @param readers how many
	 */
	public record Row(String word, String readers) {
	}

}
