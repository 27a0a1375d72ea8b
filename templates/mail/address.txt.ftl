Subject: ${words.mailMoveSubject}

${words.mailMoveTitle}

${words.mailMoveText(from)}
${words.mailOpenAndPress}

${link}

${words.mailLinkHolds(hours)}

${words.mailMoveNotYou}

--
${newsletter.postalAddress}
