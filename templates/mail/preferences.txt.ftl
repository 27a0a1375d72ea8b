Subject: ${words.mailWaySubject}

${words.mailWayTitle}

${words.mailWayText}
${words.mailWayOpen}

${link}

${words.mailWayNotYou}

--
${newsletter.postalAddress}
