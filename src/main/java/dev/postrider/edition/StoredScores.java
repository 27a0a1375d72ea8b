package dev.postrider.edition;

import java.util.List;

import dev.postrider.story.Score;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Scores as text, so that a pick can say later why it was chosen, whatever the rules are
 * by then.
 */
@Component
class StoredScores {

	private final JsonMapper json;

	StoredScores(JsonMapper json) {
		this.json = json;
	}

	/** No parts are no text. */
	@Nullable String write(Score score) {
		return score.parts().isEmpty() ? null : this.json.writeValueAsString(score.parts());
	}

	Score read(@Nullable String text) {
		return (text == null) ? Score.NONE : new Score(List.of(this.json.readValue(text, Score.Part[].class)));
	}

}
