Subject: You are subscribed to ${newsletter.name} already

You are subscribed already.

Somebody, we hope you, signed this address up for ${newsletter.name}.
It is subscribed already, so there is nothing to do.

To change days, pause or leave, open this page:

${link}

--
${newsletter.postalAddress}
