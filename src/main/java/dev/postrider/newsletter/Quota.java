package dev.postrider.newsletter;

/**
 * How many stories of one sort an edition carries.
 *
 * @param least so many, as long as there are any to choose
 * @param most never more
 */
public record Quota(int least, int most) {

	public Quota {
		if (least < 0 || most < least) {
			throw new IllegalArgumentException(
					"At least " + least + " and at most " + most + " stories: wanted is 0 <= least <= most");
		}
	}

}
