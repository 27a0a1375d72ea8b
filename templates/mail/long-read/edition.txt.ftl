<#import "/parts/text.ftl" as text>
Subject: ${subject}

<@text.head/>
<#list stories as each>
<@text.rule/>
<@text.label each/>
${each.headline}
<#list (each?is_first || each.kind == "feature")?then(each.body, [{"text": each.summary, "type": "paragraph"}]) as block>
<#if block.text?has_content>

${(block.type == "quote")?then("> ", (block.type == "point")?then("- ", ""))}${block.text}
</#if>
</#list>

<@text.below each/>
</#list>
<@text.colophon/>
