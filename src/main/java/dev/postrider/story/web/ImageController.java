package dev.postrider.story.web;

import java.time.Duration;

import dev.postrider.story.image.PictureRows;
import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Serves the pictures of mails. What is at an address never changes, so whoever has it
 * need not ask again.
 */
@Hidden
@Controller
class ImageController {

	private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final PictureRows pictures;

	ImageController(PictureRows pictures) {
		this.pictures = pictures;
	}

	@GetMapping("/images/{hash:[0-9a-f]{32}}.jpg")
	ResponseEntity<byte[]> picture(@PathVariable String hash) {
		return this.pictures.bytes(hash)
			.map((bytes) -> ResponseEntity.ok()
				.contentType(MediaType.IMAGE_JPEG)
				.cacheControl(FOR_EVER)
				.eTag("\"" + hash + "\"")
				.body(bytes))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

}
