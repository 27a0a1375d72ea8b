Subject: Confirm your address for ${newsletter.name}

Please confirm that this address is yours.

Somebody, we hope you, asked to get ${newsletter.name}
on ${days} at this address.
Open this page and press the button:

${link}

The link holds for ${hours} hours.

It was not you? Then do nothing: no newsletter will come.

--
${newsletter.postalAddress}
