package dev.postrider.mail.template;

import java.time.Duration;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Serves the logos of designs. A mail of last year names a logo that may have changed
 * since: it gets today's.
 */
@Hidden
@Controller
class LogoController {

	private final FolderDesigns designs;

	LogoController(FolderDesigns designs) {
		this.designs = designs;
	}

	@GetMapping("/designs/{design:[a-z0-9-]{1,60}}/{file:logo-[0-9a-f]{16}[.](?:png|jpeg|gif)}")
	ResponseEntity<byte[]> logo(@PathVariable String design, @PathVariable String file) {
		Theme.Logo logo = this.designs.exists(design) ? this.designs.theme(design + "/edition").logo() : null;
		if (logo == null) {
			return ResponseEntity.notFound().build();
		}
		CacheControl cache = logo.file().equals(file)
				? CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable()
				: CacheControl.maxAge(Duration.ofHours(1)).cachePublic();
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType(logo.type()))
			.cacheControl(cache)
			.header("X-Content-Type-Options", "nosniff")
			.body(logo.bytes());
	}

}
