Subject: The link to your newsletters

Your newsletters

Somebody, we hope you, asked for the link to the page
where this address's newsletters are chosen.
To choose, pause or leave, open this page:

${link}

It was not you? Then do nothing. Keep this mail to yourself:
whoever has the link can change your newsletters.

--
${newsletter.postalAddress}
