<#-- The pieces of the text part. It tells the same stories with the same words and links as the HTML part. -->
<#macro head>
${newsletter.name?upper_case}
${newsletter.sender} | ${date}<#if number gt 1> | ${words.number(number?c)}</#if>
<#list intro as paragraph>

${paragraph}
</#list>
</#macro>

<#macro rule>

----------------------------------------

</#macro>

<#macro label story>
<#if story.section?? || story.badge??>
[<#if story.section??>${story.section}<#if story.badge??> | </#if></#if>${story.badge!}]
</#if>
</#macro>

<#macro below story tags=true>
<#list story.corrections![] as correction>
${words.corrected(correction.date)} ${correction.words}
</#list>
<#if story.author??>
${words.by(story.author)}
</#if>
<#if story.url??>
${story.url}
</#if>
<#if story.audio??>
${story.audioWords}: ${story.audio}
</#if>
<#if (story.image.credit)??>
${words.photo(story.image.credit)}
</#if>
<#if tags && story.tags??>
${words.tags(story.tags?join(words.comma))}
</#if>
<#list story.related as link>
${words.related(link.title)}
${link.url}
</#list>
<#list story.also as link>
${words.also(link.title)}
${link.url}
</#list>
</#macro>

<#macro story story number="" summary=story.summary tags=true>
<@label story/>
${number}${story.headline}
<#if summary?has_content>
${summary}
</#if>
<@below story tags/>
</#macro>

<#macro colophon>
<@rule/>
${words.share}: <#if web>${links.online}<#else>${reader.shareUrl}</#if>
<#list links.follow as each>
<#if each?is_first>
${words.follow}:
</#if>
${each.name}: ${each.url}
</#list>

<#if web>
${newsletter.description} ${words.byEmail(newsletter.days)}

${words.subscribeTo(newsletter.name)}: ${links.subscribe}
<#else>
${words.because(reader.email, newsletter.name)}
${words.comesOut(newsletter.days)}

${words.changeDays}: ${reader.preferencesUrl}
${words.pause}: ${reader.preferencesUrl}#until-${newsletter.slug}
${words.unsubscribe}: ${reader.unsubscribeUrl}
${words.readOnline}: ${reader.onlineUrl}
</#if>
${words.allEditions}: ${links.archive}

${newsletter.postalAddress}
</#macro>
