Subject: ${words.mailKnownTitle(newsletter.name)}

${words.mailKnownLead}

${words.mailKnownText(newsletter.name)}

${words.mailKnownOpen}

${link}

--
${newsletter.postalAddress}
