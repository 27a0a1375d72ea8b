Subject: Your newsletters go to another address now

Your newsletters go to another address now.

As you asked, they come to ${to}
from now on, and no longer to this address.

It was not you? Then somebody has read your mail, for the
change began with a link in it. Write to
${newsletter.replyTo!(newsletter.senderEmail)}, and we set it right.

--
${newsletter.postalAddress}
