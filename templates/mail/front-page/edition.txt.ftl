Subject: ${subject}

${newsletter.name?upper_case}
${newsletter.sender} | ${date}
<#list intro as paragraph>

${paragraph}
</#list>
<#list stories as story>

----------------------------------------

<#if story.section?? || story.badge??>
[<#if story.section??>${story.section}<#if story.badge??> | </#if></#if>${story.badge!}]
</#if>
${story.headline}
<#if story.summary?has_content>
${story.summary}
</#if>
<#if story.corrections??>
<#list story.corrections as correction>
Corrected on ${correction.date}: ${correction.words}
</#list>
</#if>
<#if story.author??>
By ${story.author}
</#if>
<#if story.url??>
${story.url}
</#if>
<#if story.audio??>
${story.audioWords}: ${story.audio}
</#if>
<#if (story.image.credit)??>
Photo: ${story.image.credit}
</#if>
<#if story.tags??>
Tags: ${story.tags?join(", ")}
</#if>
<#list story.related as link>
Read more: ${link.title}
${link.url}
</#list>
<#list story.also as link>
Also: ${link.title}
${link.url}
</#list>
</#list>

----------------------------------------

<#if web>
${newsletter.description} By email on <@days/>.

Subscribe to ${newsletter.name}: ${links.subscribe}
<#else>
You get this because ${reader.email} signed up for ${newsletter.name}.
It comes out on <@days/>; you get it on the days you chose.

Change days: ${reader.preferencesUrl}
Pause: ${reader.preferencesUrl}#until-${newsletter.slug}
Unsubscribe: ${reader.unsubscribeUrl}
Read online: ${links.online}
</#if>
All editions: ${links.archive}

${newsletter.postalAddress}
<#macro days><#list newsletter.days as day>${day}<#sep><#if day?index == newsletter.days?size - 2> and <#else>, </#if></#sep></#list></#macro>
