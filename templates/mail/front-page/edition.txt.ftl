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
<#if story.author??>
By ${story.author}
</#if>
<#if story.url??>
${story.url}
</#if>
<#if story.audio??>
Listen to the episode: ${story.audio}
</#if>
<#if (story.image.credit)??>
Photo: ${story.image.credit}
</#if>
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
