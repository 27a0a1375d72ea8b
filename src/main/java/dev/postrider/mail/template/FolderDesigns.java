package dev.postrider.mail.template;

import dev.postrider.mail.Designs;

import org.springframework.stereotype.Component;

@Component
class FolderDesigns implements Designs {

	private final TemplateFiles files;

	FolderDesigns(LetterProperties properties) {
		this.files = new TemplateFiles(properties.templates());
	}

	@Override
	public boolean exists(String name) {
		return this.files.exists(name + "/edition.mjml.ftlh");
	}

}
