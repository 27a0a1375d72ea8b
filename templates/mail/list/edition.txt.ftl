<#import "/parts/text.ftl" as text>
Subject: ${subject}

<@text.head/>
<#list stories as each>

<@text.story each each?counter + ". " each.brief false/>
</#list>
<@text.colophon/>
