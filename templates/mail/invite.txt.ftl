Subject: Your account at the newsletter desk

Hello ${name},

${invitedBy} has made an account for you on Postrider, the newsroom's newsletter system. You will be <#if admin>an admin<#else>an editor</#if>.

Choose a password here:

${link}

The link works once, within ${hours} hours. If you expected no such mail, leave it be: without a password nobody can use the account.
