Subject: Shall your newsletters come to this address?

Shall your newsletters come here?

Somebody, we hope you, asked that the newsletters which
now come to ${from}
come to this address instead.
Open this page and press the button:

${link}

The link holds for ${hours} hours.

It was not you? Then do nothing: nothing changes, and
no newsletter will come.

--
${newsletter.postalAddress}
