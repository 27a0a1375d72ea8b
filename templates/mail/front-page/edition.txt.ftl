<#import "/parts/text.ftl" as text>
Subject: ${subject}

<@text.head/>
<#list stories as each>
<@text.rule/>
<@text.story each/>
</#list>
<@text.colophon/>
