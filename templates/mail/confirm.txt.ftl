Subject: ${words.mailAskTitle(newsletter.name)}

${words.mailAskLead}

${words.mailAskText(newsletter.name, days)}
${words.mailOpenAndPress}

${link}

${words.mailLinkHolds(hours)}

${words.mailAskNotYou}

--
${newsletter.postalAddress}
