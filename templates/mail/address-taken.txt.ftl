Subject: ${words.mailTakenTitle}

${words.mailTakenTitle}

${words.mailTakenText}

${words.mailTakenThen}

${link}

--
${newsletter.postalAddress}
