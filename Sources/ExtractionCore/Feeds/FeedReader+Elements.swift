// What a start tag means where it stands, and what the end of a field adds.

extension FeedReader {
    mutating func open() {
        if !tokens.attributes.isEmpty { bindPrefixes() }
        let element = element(tokens.name)
        let isEntry = element.isEntry || format?.isSitemap == true && (element.name == .url || element.name == .sitemap)
        if isEntry, value.map({ $0.type != .xml || purpose != .content }) ?? true {
            closeEntry()
        } else if overflow > 0 {
            if !tokens.isSelfClosing { overflow += 1 }
            return
        } else if value != nil {
            guard endsField(element) else { return openInner(element) }
            closeField()
        }
        let role = role(of: element, isEntry: isEntry)
        let depth = stack.count
        guard push(Open(key: element.key, role: role, name: element.name, base: base(role))) else { return }
        begin(role, element)
        if tokens.isSelfClosing { pop(to: depth, at: tokens.range.upperBound) }
    }

    private mutating func openInner(_ element: Element) {
        value?.form = .markup
        // "<br>" is seldom closed where HTML stands as it is.
        guard !tokens.isSelfClosing, !HTMLTag(tokens.bytes, tokens.name).isVoid else { return }
        push(Open(key: element.key, role: .inner, name: .unknown, base: -1))
    }

    /// Whether a start tag shows that the open field lacks its end tag: it is none of HTML's and belongs beside it.
    private func endsField(_ element: Element) -> Bool {
        guard element.vocabulary != .html, element.vocabulary != .other, value?.type != .xml else { return false }
        switch element.name {
        case .title, .link, .summary, .content:
            return purpose != .content && purpose != .summary && FeedPurpose.of(element.vocabulary, element.name) != nil
        case .pubdate, .guid, .description, .encoded, .creator, .enclosure, .category, .published, .issued, .updated,
            .modified, .managingeditor, .webmaster, .lastbuilddate, .ttl, .comments, .id, .author, .skiphours,
            .skipdays:
            return true
        default: return false
        }
    }

    private mutating func closeField() {
        guard let place = stack.lastIndex(where: { $0.role == .field }) else { return }
        pop(to: place, at: tokens.range.lowerBound)
        note("a field without an end tag")
    }

    /// A new entry ends the one before, and whatever was left open in the channel.
    private mutating func closeEntry() {
        let entry = stack.lastIndex { $0.role == .entry }
        if entry != nil { note("an entry without an end tag") }
        guard format != nil else { return }
        let place = entry ?? (stack.lastIndex { $0.role == .channel || $0.role == .root } ?? -1) + 1
        pop(to: place, at: tokens.range.lowerBound)
    }

    private mutating func base(_ role: Role) -> Int32 {
        let outer = stack.last?.base ?? -1
        guard role != .skipped, !tokens.attributes.isEmpty, source.bases.count < 10_000,
            let value = tokens.attribute("xml:base")
        else { return outer }
        source.bases.append(source.resolved(ASCII.trimmed(value), outer))
        return Int32(source.bases.count - 1)
    }

    private func role(of element: Element, isEntry: Bool) -> Role {
        if isEntry, format != nil || stack.isEmpty { return .entry }
        switch stack.last?.role {
        case nil, .skipped:
            // A feed's root may stand inside something else, such as a page or an envelope.
            guard format == nil else { return .skipped }
            return FeedFormat(root: element.name) != nil ? .root : element.name == .channel ? .channel : .skipped
        case .root, .channel: return channelRole(element)
        case .entry, .group: return entryRole(element)
        case .person: return personPart(element.name) ? .field : .skipped
        case .field, .inner: return .skipped
        }
    }

    private func channelRole(_ element: Element) -> Role {
        switch element.name {
        case .channel: return .channel
        // Their children say more about the channel.
        case .skiphours, .skipdays: return .channel
        case .image, .textinput, .cloud, .items, .owner, .source: return .skipped
        default: break
        }
        // What stands behind a channel that was closed too early is not about it.
        if hasChannel, stack.last?.role == .root, format == .rss { return .skipped }
        return fieldRole(element)
    }

    private func entryRole(_ element: Element) -> Role {
        switch element.name {
        case .source: .skipped
        case .group where element.vocabulary == .media: .group
        case .news, .publication: element.vocabulary == .news ? .group : fieldRole(element)
        default: fieldRole(element)
        }
    }

    private func fieldRole(_ element: Element) -> Role {
        // Atom's author holds elements; RSS's holds text.
        if element.vocabulary == .atom, element.name == .author { return .person }
        return FeedPurpose.of(element.vocabulary, element.name) != nil ? .field : .skipped
    }

    private func personPart(_ name: FeedName) -> Bool {
        switch name {
        case .name, .email, .uri, .url, .homepage: true
        default: false
        }
    }

    private mutating func begin(_ role: Role, _ element: Element) {
        switch role {
        case .root:
            format = format ?? FeedFormat(root: element.name)
            channel.language = channel.language ?? tokens.attribute("xml:lang")
        case .channel: beginChannel(element)
        case .entry: beginEntry(element)
        case .person: person = Person()
        case .field: beginField(element)
        case .skipped: beginOther(element)
        case .group, .inner: break
        }
    }

    private mutating func beginChannel(_ element: Element) {
        guard element.name == .channel else { return }
        // A channel without a root around it that has an address itself is CDF's.
        if format == nil {
            let isAddressed = tokens.attributeValue("href") != nil || tokens.attributeValue("base") != nil
            format = isAddressed ? .cdf : .rss
        }
        hasChannel = true
        channel.about = channel.about ?? tokens.attribute("rdf:about")
        channel.language = channel.language ?? tokens.attribute("xml:lang")
        for (purpose, value) in attributeValues() { channel.add(purpose, value, tokens.bytes) }
    }

    private mutating func beginEntry(_ element: Element) {
        if format == nil { format = element.name == .entry ? .atom : .rss }
        var fields = FeedFields()
        if !tokens.attributes.isEmpty {
            fields.about = tokens.attribute("rdf:about")
            fields.language = tokens.attribute("xml:lang")
            for (purpose, value) in attributeValues() { fields.add(purpose, value, tokens.bytes) }
        }
        item = fields
    }

    /// CDF says in attributes what others say in elements.
    private func attributeValues() -> [(FeedPurpose, FeedValue)] {
        guard format == .cdf else { return [] }
        let attributes: [(StaticString, FeedPurpose)] = [("href", .link), ("lastmod", .updated)]
        return attributes.compactMap { name, purpose in
            tokens.attributeValue(name).map { range in
                var value = FeedValue(range: range)
                value.form = .text
                value.base = stack.last?.base ?? -1
                value.rank = 9
                return (purpose, value)
            }
        }
    }

    private mutating func beginField(_ element: Element) {
        valueStart = tokens.range.upperBound
        var value = FeedValue(range: valueStart..<valueStart)
        guard let (purpose, rank) = FeedPurpose.of(element.vocabulary, element.name) else {
            // A part of a person.
            self.value = value
            return
        }
        value.base = stack.last?.base ?? -1
        value.isAtom = element.vocabulary == .atom
        value.rank = rank
        if !tokens.attributes.isEmpty {
            if value.isAtom {
                value.type = .init(tokens.bytes, tokens.attributeValue("type"))
                value.mode = .init(tokens.bytes, tokens.attributeValue("mode"))
            }
            if element.name == .guid {
                item?.guidIsAddress = tokens.attribute("ispermalink").map { ASCII.lowered($0.utf8) } != "false"
            }
            if element.name == .link { beginLink(&value) }
        }
        self.purpose = purpose
        self.value = value
    }

    private mutating func beginLink(_ value: inout FeedValue) {
        guard let link = link("href") else { return }
        if value.isAtom {
            if item != nil { item?.links.append(link) } else { channel.links.append(link) }
        } else if link.rel == .alternate {
            value.form = .text
            value.range = link.address
        }
    }

    /// Elements that say all in their attributes.
    private mutating func beginOther(_ element: Element) {
        guard item != nil, !tokens.attributes.isEmpty else { return }
        if element.name == .enclosure || element.vocabulary == .media && element.name == .content {
            if let link = link("url") { item?.enclosures.append(link) }
        } else if element.name == .a, format == .cdf {
            for (purpose, value) in attributeValues() { item?.add(purpose, value, tokens.bytes) }
        }
    }

    private func link(_ address: StaticString) -> FeedLink? {
        // What is longer is no address.
        guard let range = tokens.attributeValue(address), range.count <= 1 << 16 else { return nil }
        var link = FeedLink(address: range)
        link.rel = .init(tokens.attribute("rel"))
        link.type = tokens.attributeValue("type")
        link.length = tokens.attributeValue("length") ?? tokens.attributeValue("filesize")
        link.base = stack.last?.base ?? -1
        return link
    }
}

extension FeedReader {
    mutating func endField(_ element: Open, at end: Int) {
        guard var value else { return }
        self.value = nil
        if value.form == .mixed || value.form == .markup { value.range = valueStart..<max(valueStart, end) }
        if value.range.count > limits.field {
            let start = value.range.lowerBound
            value.range = start..<wholeCharacters(start + limits.field)
            note("fields longer than the limit cut")
        }
        if stack.last?.role == .person {
            endPart(element, value.string(in: tokens.bytes))
        } else if item != nil {
            item?.add(purpose, value, tokens.bytes)
        } else {
            channel.add(purpose, value, tokens.bytes)
        }
    }

    private func wholeCharacters(_ end: Int) -> Int {
        var end = end
        while end > 0, end < tokens.bytes.count, ASCII.isContinuation(tokens.bytes[end]) { end -= 1 }
        return end
    }

    private mutating func endPart(_ element: Open, _ text: String) {
        guard !text.isEmpty else { return }
        switch element.name {
        case .name: person.name = text
        case .email: person.email = text
        default: person.url = source.resolved(text, element.base)
        }
    }

    mutating func endPerson() {
        guard person != Person() else { return }
        if item != nil { item?.authors.append(person) } else { channel.authors.append(person) }
        person = Person()
    }
}
