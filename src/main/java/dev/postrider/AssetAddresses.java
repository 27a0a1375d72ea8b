package dev.postrider;

import freemarker.template.Configuration;
import freemarker.template.TemplateModelException;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/**
 * Gives every page the addresses of static files with their content's hash, so that
 * browsers may keep them for a year and still see a change at once.
 */
@Component
class AssetAddresses {

	AssetAddresses(Configuration pages, ResourceUrlProvider addresses) throws TemplateModelException {
		pages.setSharedVariable("assets", addresses);
	}

}
