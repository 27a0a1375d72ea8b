Subject: ${newsletter}: ${day} would have ${found} of at least ${minimum} <#if minimum == 1>story<#else>stories</#if>

${newsletter} of ${day} ${why}.

<#if headlines?has_content>
In it so far:
<#list headlines as headline>
- ${headline}
</#list>

</#if>
What to do: <#if calledOff>add stories, or approve the edition to send it as it is, before ${due}.<#else>nothing, if that is good enough; else add stories before ${due}.</#if> It is composed anew at its hour, with the news that comes in until then.

The edition: ${link}

You get this because you are an editor. It is told once for each edition.
