Subject: ${words.mailMovedTitle}

${words.mailMovedTitle}

${words.mailMovedText(to)}

${words.mailMovedNotYou(newsletter.replyTo!(newsletter.senderEmail))}

--
${newsletter.postalAddress}
